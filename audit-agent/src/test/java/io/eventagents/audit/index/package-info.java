@NullMarked
package io.eventagents.audit.index;

import org.jspecify.annotations.NullMarked;
