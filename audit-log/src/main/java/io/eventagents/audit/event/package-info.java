/** What logged records say as events, by the rules by which agents read them. */
@NullMarked
package io.eventagents.audit.event;

import org.jspecify.annotations.NullMarked;
