package sitting

// Where the pages stand.
const (
	Path         = "/w/exams"
	PathAttempts = Path + "/attempts"
	PathManage   = Path + "/manage"
)
