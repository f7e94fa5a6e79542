package mattermost

import (
	"fmt"
	"time"

	"github.com/mattermost/mattermost/server/public/model"
)

// maxAdmins bounds how many administrators are told of a failure.
const maxAdmins = 200

// defaultLocale is the language of somebody whose own is not known.
const defaultLocale = "en"

// Admin is somebody who may manage the system.
type Admin struct {
	ID     string `json:"id"`
	Locale string `json:"locale"`

	// UTCOffset is how far the clock of the administrator's time zone is ahead of UTC at present, in minutes.
	UTCOffset int `json:"utc_offset_minutes"`
}

// IsSystemAdmin tells whether the user may manage the system. Unknown users may not.
func (s *Server) IsSystemAdmin(userID string) bool {
	return userID != "" && s.api.HasPermissionTo(userID, model.PermissionManageSystem)
}

// Locale is the user's language, such as "ko".
func (s *Server) Locale(userID string) string {
	user, err := s.api.GetUser(userID)
	if err != nil || user.Locale == "" {
		return defaultLocale
	}
	return user.Locale
}

// UTCOffset is how far the clock of the user's time zone is ahead of UTC at present, in minutes; 0 for an unknown user.
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

// Admins are the active system administrators, at most 200, without bots.
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
