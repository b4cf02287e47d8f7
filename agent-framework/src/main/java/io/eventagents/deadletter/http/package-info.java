/**
 * Shows, replays and discards the dead letters of all agents over HTTP. Agents do not need this
 * package: they read what is sent back to them as they read everything else.
 */
@NullMarked
package io.eventagents.deadletter.http;

import org.jspecify.annotations.NullMarked;
