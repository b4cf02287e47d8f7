/**
 * What happened because of one request and how it stands: what is awaited, and where it failed. The
 * one place where that is judged, for the pages and for the JSON.
 */
@NullMarked
package io.eventagents.audit.chain;

import org.jspecify.annotations.NullMarked;
