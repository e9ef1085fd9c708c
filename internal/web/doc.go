// Package web is the shell of every page: layouts, components, forms, errors, assets and the
// middleware around them. It knows law, fault and dates but no capability; slices compose its
// components in their own pages packages.
//
// Pages work without JavaScript and under a Content-Security-Policy without unsafe-inline: no style
// attribute, no inline script, no htmx expression that needs eval.
package web
