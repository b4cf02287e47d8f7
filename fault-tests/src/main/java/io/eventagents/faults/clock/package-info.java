/** A clock that is wrong. */
@NullMarked
package io.eventagents.faults.clock;

import org.jspecify.annotations.NullMarked;
