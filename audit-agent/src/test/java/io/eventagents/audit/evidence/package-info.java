@NullMarked
package io.eventagents.audit.evidence;

import org.jspecify.annotations.NullMarked;
