/**
 * The memory for answers. A long answer is read and sent part by part, and all answers in progress
 * together hold no more than a share of the heap.
 */
@NullMarked
package io.eventagents.audit.answer;

import org.jspecify.annotations.NullMarked;
