@NullMarked
package io.eventagents.audit.log;

import org.jspecify.annotations.NullMarked;
