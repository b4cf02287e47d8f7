/**
 * What one poll of an agent's consumer may hold, and what becomes of a record that cannot be read.
 */
@NullMarked
package io.eventagents.poll;

import org.jspecify.annotations.NullMarked;
