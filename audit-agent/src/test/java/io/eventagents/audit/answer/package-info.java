@NullMarked
package io.eventagents.audit.answer;

import org.jspecify.annotations.NullMarked;
