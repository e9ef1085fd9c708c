// Package ending is the desk of what leaves the main line and of its end: more time, suspension, termination,
// competence, suspected crimes, split and merged cases, the party that is gone, closing and beginning again
// (行政处罚法第二十二、二十五、二十七、六十条；住房和城乡建设行政处罚程序规定第六、二十九、三十、三十一条；移送规定第五、六条).
package ending
