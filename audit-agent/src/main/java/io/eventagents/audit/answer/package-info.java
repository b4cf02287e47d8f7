/**
 * The memory that answers are made in: a long answer is read and sent part by part, and all that
 * are being made hold no more than a share of the heap.
 */
@NullMarked
package io.eventagents.audit.answer;

import org.jspecify.annotations.NullMarked;
