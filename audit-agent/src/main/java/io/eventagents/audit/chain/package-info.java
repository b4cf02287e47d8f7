/**
 * What happened because of one request and how it stands: what is awaited, and what failed. Only
 * this package judges that, for the pages and for the JSON.
 */
@NullMarked
package io.eventagents.audit.chain;

import org.jspecify.annotations.NullMarked;
