/** The audit over HTTP: chains, events, searches, and rebuilding the index. */
@NullMarked
package io.eventagents.audit.web;

import org.jspecify.annotations.NullMarked;
