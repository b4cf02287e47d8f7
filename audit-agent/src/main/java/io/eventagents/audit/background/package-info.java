/** What the audit agent does beside its work, over and over. */
@NullMarked
package io.eventagents.audit.background;

import org.jspecify.annotations.NullMarked;
