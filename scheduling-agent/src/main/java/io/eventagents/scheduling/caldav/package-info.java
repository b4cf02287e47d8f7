/**
 * Objects on calendar servers (RFC 4791): stored, replaced and removed, none of others' changes
 * lost.
 */
@NullMarked
package io.eventagents.scheduling.caldav;

import org.jspecify.annotations.NullMarked;
