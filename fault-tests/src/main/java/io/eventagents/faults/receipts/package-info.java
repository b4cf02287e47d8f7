/** An agent without effects, because none of the four applications has one. */
@NullMarked
package io.eventagents.faults.receipts;

import org.jspecify.annotations.NullMarked;
