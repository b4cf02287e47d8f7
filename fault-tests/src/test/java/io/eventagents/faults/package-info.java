/**
 * The applications as they are shipped, each in a process of its own, under faults; and what must
 * be true after them.
 */
@NullMarked
package io.eventagents.faults;

import org.jspecify.annotations.NullMarked;
