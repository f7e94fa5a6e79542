package ports

import (
	"context"
	"crypto/rand"
	"encoding/binary"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"time"

	"github.com/entrasync/mattermost-plugin-entrasync/server/engine"
	"github.com/entrasync/mattermost-plugin-entrasync/server/names"
)

// maxFractions limits one request for random numbers.
const maxFractions = 10_000

func now(context.Context, json.RawMessage) (any, error) {
	return map[string]int64{"ms": time.Now().UnixMilli()}, nil
}

// fractions are multiples of 2^-53, the finest even distribution over [0, 1) that a JavaScript number can represent.
func fractions(_ context.Context, input json.RawMessage) (any, error) {
	var request struct {
		Count int `json:"count"`
	}
	if err := json.Unmarshal(input, &request); err != nil {
		return nil, err
	}
	if request.Count < 0 || request.Count > maxFractions {
		return nil, fmt.Errorf("%d random numbers asked for, at most %d are given", request.Count, maxFractions)
	}
	bytes := make([]byte, 8*request.Count)
	if _, err := rand.Read(bytes); err != nil {
		return nil, err
	}
	numbers := make([]float64, request.Count)
	for i := range numbers {
		numbers[i] = float64(binary.LittleEndian.Uint64(bytes[8*i:])>>11) / (1 << 53)
	}
	return map[string][]float64{"numbers": numbers}, nil
}

func write(log Log) engine.Port {
	return func(_ context.Context, input json.RawMessage) (any, error) {
		var entry struct {
			Level   string         `json:"level"`
			Message string         `json:"message"`
			Fields  map[string]any `json:"fields"`
		}
		if err := json.Unmarshal(input, &entry); err != nil {
			return nil, err
		}
		var fields []any
		for _, key := range slices.Sorted(maps.Keys(entry.Fields)) {
			fields = append(fields, key, entry.Fields[key])
		}
		switch entry.Level {
		case names.LevelDebug:
			log.Debug(entry.Message, fields...)
		case names.LevelInfo:
			log.Info(entry.Message, fields...)
		case names.LevelError:
			log.Error(entry.Message, fields...)
		default:
			log.Warn(entry.Message, fields...)
		}
		return nil, nil
	}
}
