/// The report: question, answer, evidence and limits of one run, as a page and as Markdown.
@NullMarked
package org.mapcost.results.report;

import org.jspecify.annotations.NullMarked;
