package store

import "sync"

// listeners are the channels of those who wait for a topic.
type listeners struct {
	mu       sync.Mutex
	channels map[string][]chan struct{}
}

// Listen returns a channel that gets a signal some time after one or more transactions that called
// Wake(topic) became durable. Only this process hears of it: on PostgreSQL another node has to look by
// itself now and then.
func (db *DB) Listen(topic string) <-chan struct{} {
	l := &db.listeners
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.channels == nil {
		l.channels = map[string][]chan struct{}{}
	}
	c := make(chan struct{}, 1)
	l.channels[topic] = append(l.channels[topic], c)
	return c
}

// Wake signals those who listen to the topic once the transaction is durable.
func (tx *Tx) Wake(topic string) {
	db := tx.db
	tx.AfterCommit(func() {
		l := &db.listeners
		l.mu.Lock()
		defer l.mu.Unlock()
		for _, c := range l.channels[topic] {
			select {
			case c <- struct{}{}:
			default: // a signal is waiting already
			}
		}
	})
}
