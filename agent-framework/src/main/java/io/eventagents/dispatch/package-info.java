/**
 * The work per event behind a binding: filter, parse once, call the agent, stamp, send, and what to
 * do when that fails.
 */
@NullMarked
package io.eventagents.dispatch;

import org.jspecify.annotations.NullMarked;
