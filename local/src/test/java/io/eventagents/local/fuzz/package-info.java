/**
 * Requests that nobody would send on purpose: forged from a seed, sent as bytes, answers judged.
 */
@NullMarked
package io.eventagents.local.fuzz;

import org.jspecify.annotations.NullMarked;
