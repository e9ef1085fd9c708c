package app

// LookAtDisk takes one look at the disk, as the running program does every few seconds.
func (a *App) LookAtDisk() error { return a.disk.look() }
