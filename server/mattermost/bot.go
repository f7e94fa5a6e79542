package mattermost

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"

	"github.com/mattermost/mattermost/server/public/model"
	"github.com/mattermost/mattermost/server/public/pluginapi"
)

// botIcon is the bot's picture within the bundle. The server accepts PNG and JPEG, but not SVG.
const botIcon = "assets/bot.png"

// EnsureBot creates the plugin's bot account, or finds the existing one.
func (s *Server) EnsureBot() error {
	bots := pluginapi.NewClient(s.api, nil).Bot
	botID, err := bots.EnsureBot(&model.Bot{
		Username:    pluginID,
		DisplayName: "Entra Sync",
		Description: "Tells system administrators how the sync with Microsoft Entra ID went.",
	})
	if err != nil {
		return fmt.Errorf("ensure the bot account: %w", err)
	}
	s.botID = botID
	if err := s.dressBot(); err != nil {
		s.api.LogWarn("Failed to give the bot its picture", "error", err.Error())
	}
	return nil
}

// dressBot sets the bot's picture once. Later runs keep it, because an administrator may have changed it.
func (s *Server) dressBot() error {
	user, appErr := s.api.GetUser(s.botID)
	if appErr != nil {
		return fmt.Errorf("get the bot account: %w", appErr)
	}
	folder, err := s.api.GetBundlePath()
	if err != nil || user.LastPictureUpdate > 0 {
		return err
	}
	file, err := os.OpenInRoot(folder, botIcon)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return fmt.Errorf("open the bot's picture: %w", err)
	}
	defer file.Close()
	icon, err := io.ReadAll(file)
	if err != nil {
		return fmt.Errorf("read the bot's picture: %w", err)
	}
	if appErr := s.api.SetProfileImage(s.botID, icon); appErr != nil {
		return fmt.Errorf("set the bot's picture: %w", appErr)
	}
	return nil
}

// DirectMessage sends Markdown from the bot to one user.
func (s *Server) DirectMessage(userID, text string) error {
	channel, err := s.api.GetDirectChannel(s.botID, userID)
	if err != nil {
		return fmt.Errorf("open a direct channel: %w", err)
	}
	if _, err := s.api.CreatePost(&model.Post{ChannelId: channel.Id, UserId: s.botID, Message: text}); err != nil {
		return fmt.Errorf("post a direct message: %w", err)
	}
	return nil
}

// Ephemeral shows Markdown from the bot to one user, in the channel and thread where the user is.
func (s *Server) Ephemeral(userID, channelID, rootID, text string) {
	s.api.SendEphemeralPost(userID, &model.Post{ChannelId: channelID, RootId: rootID, UserId: s.botID, Message: text})
}
