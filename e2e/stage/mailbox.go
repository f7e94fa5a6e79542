package stage

import (
	"io"
	"net"
	"net/textproto"
	"slices"
	"strings"
	"sync"
)

// Mail is one accepted email message.
type Mail struct {
	From string
	To   []string
	Text string
}

// Mailbox is an SMTP server on this machine that accepts all messages and delivers none.
type Mailbox struct {
	Host string
	Port string

	listener net.Listener
	sessions sync.WaitGroup

	mu    sync.Mutex
	mails []Mail
}

// OpenMailbox starts the server. Close it.
func OpenMailbox() (*Mailbox, error) {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return nil, err
	}
	m := &Mailbox{listener: listener}
	m.Host, m.Port, err = net.SplitHostPort(listener.Addr().String())
	m.sessions.Go(m.accept)
	return m, err
}

// Close ends the server and waits for its sessions.
func (m *Mailbox) Close() error {
	err := m.listener.Close()
	m.sessions.Wait()
	return err
}

// Mails returns the messages so far.
func (m *Mailbox) Mails() []Mail {
	m.mu.Lock()
	defer m.mu.Unlock()
	return slices.Clone(m.mails)
}

func (m *Mailbox) accept() {
	for {
		connection, err := m.listener.Accept()
		if err != nil {
			return
		}
		m.sessions.Go(func() {
			defer connection.Close()
			m.serve(textproto.NewConn(connection))
		})
	}
}

// serve speaks as much of RFC 5321 as a client needs that neither signs in nor encrypts.
func (m *Mailbox) serve(connection *textproto.Conn) {
	var mail Mail
	answer := func(code int, text string) error { return connection.PrintfLine("%d %s", code, text) }
	err := answer(220, "mailbox ESMTP")
	for err == nil {
		var line string
		if line, err = connection.ReadLine(); err != nil {
			return
		}
		verb, argument, _ := strings.Cut(line, " ")
		switch strings.ToUpper(verb) {
		case "MAIL":
			mail = Mail{From: argument}
			err = answer(250, "OK")
		case "RCPT":
			mail.To = append(mail.To, argument)
			err = answer(250, "OK")
		case "DATA":
			err = m.receive(connection, mail, answer)
		case "QUIT":
			_ = answer(221, "Bye")
			return
		default:
			err = answer(250, "OK")
		}
	}
}

func (m *Mailbox) receive(connection *textproto.Conn, mail Mail, answer func(code int, text string) error) error {
	if err := answer(354, "Go on"); err != nil {
		return err
	}
	text, err := io.ReadAll(connection.DotReader())
	if err != nil {
		return err
	}
	mail.Text = string(text)
	m.mu.Lock()
	m.mails = append(m.mails, mail)
	m.mu.Unlock()
	return answer(250, "OK")
}
