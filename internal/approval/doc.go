// Package approval keeps approvals (审批表): who has to sign what in which order, who did, with which opinion and when.
//
// A chain is data (data/approvals.yaml). The last signature is the flow act itself: it runs, in the same transaction,
// what the room of the matter registered with Runs, so that nothing can be approved that a guard of the law refuses.
// What the law reserves to a body or a person is signed under no mandate.
package approval
