/** What one can ask the audit over HTTP: chains, events, and the page that draws a chain. */
@NullMarked
package io.eventagents.audit.web;

import org.jspecify.annotations.NullMarked;
