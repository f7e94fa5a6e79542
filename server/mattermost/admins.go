package mattermost

import (
	"fmt"
	"net/http"
	"time"

	"github.com/mattermost/mattermost/server/public/model"
)

// maxAdmins limits how many administrators are told of a failure.
const maxAdmins = 200

// defaultLocale is used for users whose language is not known.
const defaultLocale = "en"

// Admin is a user who may manage the system.
type Admin struct {
	ID     string `json:"id"`
	Locale string `json:"locale"`

	// UTCOffset is how far the clock of the administrator's time zone is currently ahead of UTC, in minutes.
	UTCOffset int `json:"utc_offset_minutes"`
}

// IsSystemAdmin reports whether the user may manage the system. Unknown users may not. It fails if the server cannot tell.
func (s *Server) IsSystemAdmin(userID string) (bool, error) {
	if userID == "" || s.api.HasPermissionTo(userID, model.PermissionManageSystem) {
		return userID != "", nil
	}
	// The server also says no when it cannot read the user.
	if _, err := s.api.GetUser(userID); err != nil && err.StatusCode >= http.StatusInternalServerError {
		return false, databaseFailed(err)
	}
	return false, nil
}

// Locale returns the user's language, such as "ko".
func (s *Server) Locale(userID string) string {
	user, err := s.api.GetUser(userID)
	if err != nil || user.Locale == "" {
		return defaultLocale
	}
	return user.Locale
}

// UTCOffset returns how far the clock of the user's time zone is currently ahead of UTC, in minutes; 0 for an unknown user.
func (s *Server) UTCOffset(userID string) int {
	user, err := s.api.GetUser(userID)
	if err != nil {
		return 0
	}
	return utcOffset(user)
}

func utcOffset(user *model.User) int {
	_, seconds := time.Now().In(user.GetTimezoneLocation()).Zone()
	return seconds / 60
}

// Admins returns the active system administrators, at most 200, without bots.
func (s *Server) Admins() ([]Admin, error) {
	users, err := s.api.GetUsers(&model.UserGetOptions{
		Role:    model.SystemAdminRoleId,
		Active:  true,
		PerPage: maxAdmins,
	})
	if err != nil {
		return nil, fmt.Errorf("list administrators: %w", err)
	}
	admins := make([]Admin, 0, len(users))
	for _, user := range users {
		if !user.IsBot && user.IsSystemAdmin() {
			admins = append(admins, Admin{ID: user.Id, Locale: user.Locale, UTCOffset: utcOffset(user)})
		}
	}
	return admins, nil
}
