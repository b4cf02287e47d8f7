/**
 * Keys whose events wait behind one that failed, for agents that are declared {@link
 * io.eventagents.Ordering#STRICT}.
 */
@NullMarked
package io.eventagents.ordering;

import org.jspecify.annotations.NullMarked;
