/**
 * What an agent application does over and over beside its events, in threads of its own. Supported
 * API, as {@link io.eventagents} is.
 */
@NullMarked
package io.eventagents.background;

import org.jspecify.annotations.NullMarked;
