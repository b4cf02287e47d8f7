/**
 * Requests that nobody would send on purpose. They are forged from a seed and sent as bytes, and
 * the answers are judged.
 */
@NullMarked
package io.eventagents.local.fuzz;

import org.jspecify.annotations.NullMarked;
