@NullMarked
package io.eventagents.audit.proof;

import org.jspecify.annotations.NullMarked;
