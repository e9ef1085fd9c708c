package access

// The kinds of ledger entry that this package writes.
const (
	kindUnitAdded       = "access.unit_added"
	kindUnitRenamed     = "access.unit_renamed"
	kindUnitEnded       = "access.unit_ended"
	kindAccountCreated  = "access.account_created"
	kindAccountEdited   = "access.account_edited"
	kindAccountMoved    = "access.account_moved"
	kindRolesSet        = "access.roles_set"
	kindAccountDisabled = "access.account_disabled"
	kindAccountEnabled  = "access.account_enabled"
	kindPasswordReset   = "access.password_reset"
	kindPasswordChanged = "access.password_changed"
	kindSignedIn        = "access.signed_in"

	kindRolesProposed   = "access.roles_proposed"
	kindRolesDeclined   = "access.roles_declined"
	kindFactorStarted   = "access.second_factor_started"
	kindFactorOn        = "access.second_factor_on"
	kindFactorOff       = "access.second_factor_off"
	kindFactorReset     = "access.second_factor_reset"
	kindRecoveryRenewed = "access.recovery_codes_renewed"
	kindUnlocked        = "access.account_unlocked"
	kindIdentityBound   = "access.identity_bound"
	kindIdentityLoosed  = "access.identity_loosed"
	kindTokenCreated    = "access.token_created"
	kindTokenRevoked    = "access.token_revoked"
)

// Kinds are the ledger kinds of this package with their labels.
var Kinds = map[string]string{
	KindLedgerExported:  "导出办案留痕总账",
	kindUnitAdded:       "设立机构",
	kindUnitRenamed:     "机构更名",
	kindUnitEnded:       "撤并机构",
	kindAccountCreated:  "建立账号",
	kindAccountEdited:   "修改账号",
	kindAccountMoved:    "账号随人员调动",
	kindRolesSet:        "调整角色",
	kindAccountDisabled: "停用账号",
	kindAccountEnabled:  "恢复账号",
	kindPasswordReset:   "重置密码",
	kindPasswordChanged: "修改密码",
	kindSignedIn:        "登录",

	kindRolesProposed:   "提出角色调整",
	kindRolesDeclined:   "不同意或撤回角色调整",
	kindFactorStarted:   "开始设置动态口令",
	kindFactorOn:        "启用动态口令",
	kindFactorOff:       "停用动态口令",
	kindFactorReset:     "重置动态口令",
	kindRecoveryRenewed: "更换恢复码",
	kindUnlocked:        "解除锁定",
	kindIdentityBound:   "绑定统一身份认证",
	kindIdentityLoosed:  "解除统一身份认证绑定",
	kindTokenCreated:    "建立接口令牌",
	kindTokenRevoked:    "撤销接口令牌",
}

// EventKind says what happened that the security log keeps.
type EventKind string

// The kinds of security event.
const (
	EventSignedIn     EventKind = "signed_in"
	EventSignedOut    EventKind = "signed_out"
	EventWrong        EventKind = "wrong_password"
	EventLocked       EventKind = "locked"
	EventDisabled     EventKind = "disabled_account"
	EventForbidden    EventKind = "forbidden"
	EventBadToken     EventKind = "bad_token"
	EventRefused      EventKind = "refused"
	EventPasswordSet  EventKind = "password_set"
	EventRolesSet     EventKind = "roles_set"
	EventAccountState EventKind = "account_state"
	EventRevoked      EventKind = "session_revoked"
	EventSpray        EventKind = "spray"
	EventUnlocked     EventKind = "unlocked"
	EventFactorSet    EventKind = "second_factor_set"
	EventRecovery     EventKind = "recovery_code_used"
	EventIdentity     EventKind = "identity"
	EventToken        EventKind = "token"
	EventBadBearer    EventKind = "bad_bearer"
)

// EventLabel is a kind of security event with its label.
type EventLabel struct {
	Kind  EventKind
	Label string
}

// EventLabels returns the kinds of security event in the order in which pages list them.
func EventLabels() []EventLabel {
	return []EventLabel{
		{EventSignedIn, "登录"},
		{EventSignedOut, "退出"},
		{EventWrong, "账号、密码或验证码不对"},
		{EventLocked, "多次输错，暂时锁定"},
		{EventDisabled, "停用账号尝试登录"},
		{EventForbidden, "越权访问被拒绝"},
		{EventBadToken, "表单来源不对被拒绝"},
		{EventRefused, "不符合法定条件被拒绝"},
		{EventPasswordSet, "设置密码"},
		{EventRolesSet, "调整角色"},
		{EventAccountState, "停用或恢复账号"},
		{EventRevoked, "强制退出会话"},
		{EventSpray, "同一来源试了许多账号"},
		{EventUnlocked, "解除锁定"},
		{EventFactorSet, "设置动态口令"},
		{EventRecovery, "用恢复码登录或验证"},
		{EventIdentity, "统一身份认证"},
		{EventToken, "建立或撤销接口令牌"},
		{EventBadBearer, "令牌不对被拒绝"},
	}
}

func eventLabel(k EventKind) string {
	for _, l := range EventLabels() {
		if l.Kind == k {
			return l.Label
		}
	}
	return string(k)
}
