package fault

import (
	"encoding/json"
	"errors"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestJSON(t *testing.T) {
	assert.JSONEq(t, `{"code":"internal"}`, string(Of(Internal).JSON()))
	assert.JSONEq(t, `{"code":"setting_invalid","path":"Cloud","params":{"path":"Cloud"}}`, string(At(SettingInvalid, "Cloud").JSON()))
	assert.JSONEq(t, `{"code":"internal"}`, string(Fault{Code: LockLost, Raw: json.RawMessage("{")}.JSON()), "what is no JSON says so")
}

func TestErrorNamesItsCode(t *testing.T) {
	cause := errors.New("gone")
	err := &Error{Code: DatabaseFailed, Cause: cause}
	assert.Equal(t, Facts{Origin: "host", Code: "database_failed"}, err.Facts())
	assert.Equal(t, "database_failed: gone", err.Error())
	assert.Equal(t, "cancelled", (&Error{Code: Cancelled}).Error())
	assert.ErrorIs(t, err, cause)
}

// TestCodesAreWrittenOnce finds error codes and faults that files of the server write themselves instead of using this package.
func TestCodesAreWrittenOnce(t *testing.T) {
	require.NoError(t, filepath.WalkDir("..", func(path string, _ fs.DirEntry, err error) error {
		if err != nil || !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") {
			return err
		}
		files := token.NewFileSet()
		file, err := parser.ParseFile(files, path, nil, 0)
		if err != nil || isGenerated(path) {
			return err
		}
		ast.Inspect(file, func(node ast.Node) bool {
			if literal, ok := node.(*ast.BasicLit); ok && literal.Kind == token.STRING {
				text, err := strconv.Unquote(literal.Value)
				require.NoError(t, err)
				assert.False(t, slices.Contains(Codes, Code(text)) || strings.Contains(text, `{"code"`), "%s: %s", files.Position(literal.Pos()), literal.Value)
			}
			return true
		})
		return nil
	}))
}

// isGenerated reports whether webapp/generate writes the file, whose words can belong to other lists.
func isGenerated(path string) bool {
	return slices.Contains([]string{"../fault/codes.go", "../fault/origins.go", "../names/names.go"}, filepath.ToSlash(path))
}
