package stage

import (
	"database/sql"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"syscall"
	"testing"
)

// nobody is the ID of a user without privileges. The number differs between systems, but any works here.
const nobody = 65534

func TestDatabaseKeepsItsDataBetweenStarts(t *testing.T) {
	dir := reachableDir(t)
	first, err := StartPostgres(testContext(t), dir)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := first.DB.Exec(`CREATE TABLE names (name text); INSERT INTO names VALUES ('Élodie 한')`); err != nil {
		t.Fatal(err)
	}
	if err := first.Close(); err != nil {
		t.Fatal(err)
	}

	second := openPostgres(t, dir)
	var lower string
	if err := second.DB.QueryRow(`SELECT lower(name) FROM names`).Scan(&lower); err != nil {
		t.Fatal(err)
	}
	if lower != "élodie 한" {
		t.Errorf("lower-case name is %q, want letters outside ASCII lowered, too", lower)
	}
}

func TestDatabaseRunsForAnOrdinaryUser(t *testing.T) {
	dir := reachableDir(t)
	if err := os.Mkdir(dir, 0o700); err != nil {
		t.Fatal(err)
	}
	database, err := startPostgres(testContext(t), dir, ordinaryUser(t, dir))
	if err != nil {
		t.Fatal(err)
	}
	if err := database.DB.Ping(); err != nil {
		t.Error(err)
	}
	if err := database.Close(); err != nil {
		t.Error(err)
	}
}

func TestDatabaseAsksForItsPassword(t *testing.T) {
	database := openPostgres(t, reachableDir(t))
	dsn, err := url.Parse(database.DSN)
	if err != nil {
		t.Fatal(err)
	}
	dsn.User = url.UserPassword(dsn.User.Username(), "wrong")
	stranger, err := sql.Open("postgres", dsn.String())
	if err != nil {
		t.Fatal(err)
	}
	defer stranger.Close()
	if err := stranger.Ping(); err == nil {
		t.Error("a stranger without the password was let in")
	}
}

// ordinaryUser is the user that runs the database: the current user or, as root, a user without privileges.
func ordinaryUser(t *testing.T, dir string) *syscall.SysProcAttr {
	t.Helper()
	if os.Getuid() != 0 {
		return nil
	}
	attributes := &syscall.SysProcAttr{Credential: &syscall.Credential{Uid: nobody, Gid: nobody}}
	look := exec.Command("test", "-r", filepath.Join(sourceDir(), "postgres", "postgres.mjs"))
	look.SysProcAttr = attributes
	look.Dir = "/"
	if look.Run() != nil {
		t.Skip("this checkout can be read by root only")
	}
	if err := os.Chown(dir, nobody, nobody); err != nil {
		t.Fatal(err)
	}
	return attributes
}

func openPostgres(t *testing.T, dir string) *Postgres {
	t.Helper()
	postgres, err := StartPostgres(testContext(t), dir)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := postgres.Close(); err != nil {
			t.Error(err)
		}
	})
	return postgres
}

// reachableDir is the path of a directory, not created yet, that the database's user can access. t.TempDir is private.
func reachableDir(t *testing.T) string {
	t.Helper()
	s := &Stage{}
	if err := s.makeDir(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
	return filepath.Join(s.dir, "postgres")
}
