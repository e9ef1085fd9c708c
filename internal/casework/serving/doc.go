// Package serving is the desk of service (送达): eight ways, each with its proof and the day that counts (行政处罚法第六十一条；
// 民事诉讼法第八十七条至第九十五条；住房和城乡建设行政处罚程序规定第三十五条至第三十七条). When the last paper that the main line waits for
// is served, the line moves by itself.
package serving
