/**
 * Old files of the log: compressed, shipped to object storage, and removed from the disk when they
 * are safe there.
 */
@NullMarked
package io.eventagents.audit.archive;

import org.jspecify.annotations.NullMarked;
