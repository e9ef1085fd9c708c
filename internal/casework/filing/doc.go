// Package filing is the desk from the lead to the filed case (立案): the check of the lead with its term and one
// extension, two officers, the application, and the decision to file or not (行政处罚法第五十四条第二款；住房和城乡建设行政
// 处罚程序规定第十五条). It is the model of the desks of casework.
package filing
