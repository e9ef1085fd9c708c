package access

import (
	"net"
	"net/http"
	"net/netip"
	"strings"
)

// clientIP is where the request comes from: the connection's address or, behind trusted proxies, the
// last address in X-Forwarded-For that is not one of them.
func clientIP(r *http.Request, trusted []netip.Prefix) string {
	host, _, err := net.SplitHostPort(r.RemoteAddr)
	if err != nil {
		host = r.RemoteAddr
	}
	at, err := netip.ParseAddr(host)
	if err != nil {
		return ""
	}
	at = at.Unmap()
	hops := strings.Split(strings.Join(r.Header.Values("X-Forwarded-For"), ","), ",")
	for i := len(hops) - 1; i >= 0 && within(at, trusted); i-- {
		next, err := netip.ParseAddr(strings.TrimSpace(hops[i]))
		if err != nil {
			break
		}
		at = next.Unmap()
	}
	return at.WithZone("").String()
}

func within(a netip.Addr, ps []netip.Prefix) bool {
	for _, p := range ps {
		if p.Contains(a) {
			return true
		}
	}
	return false
}

// place is the part of an address by which attempts are counted: a whole IPv4 address, or the network
// half of an IPv6 one, of which anybody has 2^64.
func place(ip string) string {
	a, err := netip.ParseAddr(ip)
	if err != nil || !a.Is6() {
		return orUnknown(ip)
	}
	p, err := a.Prefix(64)
	if err != nil {
		return ip
	}
	return p.Masked().String()
}

// orUnknown keeps the place of an unknown address apart from "", which counts all places.
func orUnknown(ip string) string {
	if ip == "" {
		return "-"
	}
	return ip
}
