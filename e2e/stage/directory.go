package stage

// Directory is where users are read from, and the application that can read them.
type Directory struct {
	// URL is the https address that serves both sign-in and Graph. "" is Microsoft's global cloud.
	URL string
	// CAPEM is the certificate authority of URL. nil means that the system already trusts it.
	CAPEM        []byte
	TenantID     string
	ClientID     string
	ClientSecret string
}

// settings are the plugin's settings for this directory.
func (d Directory) settings() map[string]any {
	settings := map[string]any{
		"TenantId":     d.TenantID,
		"ClientId":     d.ClientID,
		"ClientSecret": d.ClientSecret,
		"Credential":   "secret",
		"Cloud":        "global",
	}
	if d.URL != "" {
		settings["Cloud"] = "custom"
		settings["LoginUrl"] = d.URL
		settings["GraphUrl"] = d.URL
	}
	return settings
}

// AllowNames is the setting that allows users whose display name contains one of the parts.
func AllowNames(parts []string) map[string]any {
	return policy(map[string]any{"allow": map[string]any{"display_name_contains": parts}})
}

// AllowEveryone is the setting that allows all users.
func AllowEveryone() map[string]any {
	return policy(map[string]any{"everyone": true})
}

func policy(scope map[string]any) map[string]any {
	return map[string]any{"Policy": map[string]any{"version": 1, "scope": scope}}
}
