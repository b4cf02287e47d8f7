@NullMarked
package io.eventagents.audit.archive;

import org.jspecify.annotations.NullMarked;
