/**
 * From an agent bean's types to a bound channel: discovery, derived properties, raw records in
 * batches.
 */
@NullMarked
package io.eventagents.binding;

import org.jspecify.annotations.NullMarked;
