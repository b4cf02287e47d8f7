/**
 * Tests of the applications as they are shipped, each in a process of its own, under faults; and
 * checks of what must be true afterwards.
 */
@NullMarked
package io.eventagents.faults;

import org.jspecify.annotations.NullMarked;
