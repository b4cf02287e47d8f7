/** An agent of strict order: none of the four applications has one. */
@NullMarked
package io.eventagents.faults.ledger;

import org.jspecify.annotations.NullMarked;
