package stage

import (
	"net"
	"net/smtp"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestTheMailboxKeepsWhatIsSentToIt(t *testing.T) {
	mailbox, err := OpenMailbox()
	require.NoError(t, err)
	address := net.JoinHostPort(mailbox.Host, mailbox.Port)
	require.NoError(t, smtp.SendMail(address, nil, "bot@corp.example", []string{"jun@corp.example", "mina@corp.example"}, []byte("Subject: hello\r\n\r\n.dot\r\n")))
	require.NoError(t, mailbox.Close())
	require.Len(t, mailbox.Mails(), 1)
	require.Len(t, mailbox.Mails()[0].To, 2)
	require.Equal(t, "Subject: hello\n\n.dot\n", mailbox.Mails()[0].Text)
}
