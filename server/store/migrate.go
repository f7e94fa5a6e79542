package store

import (
	"context"
	"embed"
	"errors"
	"fmt"
	"io"
	"log"

	"github.com/mattermost/morph"
	"github.com/mattermost/morph/drivers/postgres"
	"github.com/mattermost/morph/sources"
	"github.com/mattermost/morph/sources/embedded"
)

const (
	migrationsFolder = "migrations"
	migrationsTable  = "entrasync_schema_migrations"

	// migrationsLock is the row of Mattermost's own table db_lock that morph holds while it migrates. It expires by itself, so
	// a node that dies during a migration does not block the others.
	migrationsLock = "entrasync-schema-migrations"
)

//go:embed migrations/*.up.sql
var migrations embed.FS

// Migrate brings the tables up to date. Several nodes may call it at once: one works, and the others wait for it as long as ctx
// allows. Schema changes only go forward, so there are no down files.
func (s *Store) Migrate(ctx context.Context) (err error) {
	defer func() {
		if err != nil {
			err = fmt.Errorf("migrate the database: %w", err)
		}
	}()

	source, err := migrationSource()
	if err != nil {
		return err
	}
	driver, err := postgres.WithInstance(s.db)
	if err != nil {
		return err
	}
	engine, err := morph.New(ctx, driver, source,
		morph.WithLock(migrationsLock),
		morph.SetMigrationTableName(migrationsTable),
		morph.WithLogger(log.New(io.Discard, "", 0)),
	)
	if err != nil {
		return errors.Join(err, driver.Close())
	}

	// The engine leaves its connection open if it cannot unlock. Closing it twice does no harm.
	defer func() { err = errors.Join(err, engine.Close(), driver.Close()) }()
	return engine.ApplyAll()
}

func migrationSource() (sources.Source, error) {
	entries, err := migrations.ReadDir(migrationsFolder)
	if err != nil {
		return nil, err
	}
	names := make([]string, len(entries))
	for i, entry := range entries {
		names[i] = entry.Name()
	}
	read := func(name string) ([]byte, error) { return migrations.ReadFile(migrationsFolder + "/" + name) }
	return embedded.WithInstance(embedded.Resource(names, read))
}
