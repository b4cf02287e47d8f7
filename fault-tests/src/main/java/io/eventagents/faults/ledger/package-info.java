/** An agent with strict ordering, because none of the four applications has one. */
@NullMarked
package io.eventagents.faults.ledger;

import org.jspecify.annotations.NullMarked;
