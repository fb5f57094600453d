/// Scripts of one operation a line, carried out step by step on the model: changes of caching on a
/// direct map, and the life of a page pool. Every step has its own exact counts.
@NullMarked
package org.mapcost.model.script;

import org.jspecify.annotations.NullMarked;
