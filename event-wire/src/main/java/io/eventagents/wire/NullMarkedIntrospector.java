package io.eventagents.wire;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import java.lang.reflect.AnnotatedArrayType;
import java.lang.reflect.AnnotatedParameterizedType;
import java.lang.reflect.AnnotatedType;
import java.lang.reflect.Constructor;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.NullMarked;
import org.jspecify.annotations.NullUnmarked;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.cfg.MapperConfig;
import tools.jackson.databind.introspect.Annotated;
import tools.jackson.databind.introspect.AnnotatedMember;
import tools.jackson.databind.introspect.AnnotatedParameter;
import tools.jackson.databind.introspect.JacksonAnnotationIntrospector;

/**
 * Holds data to what its record says of null: in {@code @NullMarked} code a component that is not
 * {@code @Nullable} must be there. So an agent never meets a null where its own compiler knows of
 * none.
 */
final class NullMarkedIntrospector extends JacksonAnnotationIntrospector {

  private static final long serialVersionUID = 1L;

  private static final Set<Class<?>> EMPTY_WHERE_ABSENT =
      Set.of(Optional.class, OptionalInt.class, OptionalLong.class, OptionalDouble.class);

  @Override
  public @Nullable Boolean hasRequiredMarker(MapperConfig<?> config, AnnotatedMember member) {
    Boolean marked = super.hasRequiredMarker(config, member);
    return (marked == null && isNeverNull(member)) ? Boolean.TRUE : marked;
  }

  @Override
  public JsonSetter.Value findSetterInfo(MapperConfig<?> config, Annotated annotated) {
    JsonSetter.Value value = super.findSetterInfo(config, annotated);
    if (!value.equals(JsonSetter.Value.empty()) || !isOfNullMarkedRecord(annotated)) {
      return value;
    }
    return JsonSetter.Value.construct(
        isNeverNull(annotated) ? Nulls.FAIL : null, hasNoNulls(annotated) ? Nulls.FAIL : null);
  }

  /**
   * Unknown fields are ignored by class too. Where only the feature says so, Jackson copies each of
   * them until the record is made, to hand it to a setter that there is none of.
   */
  @Override
  public JsonIgnoreProperties.Value findPropertyIgnoralByName(
      MapperConfig<?> config, Annotated annotated) {
    return super.findPropertyIgnoralByName(config, annotated).withIgnoreUnknown();
  }

  private static boolean isNeverNull(Annotated annotated) {
    return isOfNullMarkedRecord(annotated)
        && !EMPTY_WHERE_ABSENT.contains(annotated.getRawType())
        && !typeOf((AnnotatedParameter) annotated).isAnnotationPresent(Nullable.class);
  }

  /** Whether it is a collection, a map or an array whose elements are never null. */
  private static boolean hasNoNulls(Annotated annotated) {
    AnnotatedType type = typeOf((AnnotatedParameter) annotated);
    if (type instanceof AnnotatedArrayType array) {
      return !array.getAnnotatedGenericComponentType().isAnnotationPresent(Nullable.class);
    }
    Class<?> raw = annotated.getRawType();
    return (Collection.class.isAssignableFrom(raw) || Map.class.isAssignableFrom(raw))
        && type instanceof AnnotatedParameterizedType generic
        && Stream.of(generic.getAnnotatedActualTypeArguments())
            .noneMatch(argument -> argument.isAnnotationPresent(Nullable.class));
  }

  private static boolean isOfNullMarkedRecord(Annotated annotated) {
    return annotated instanceof AnnotatedParameter parameter
        && parameter.getOwner().getAnnotated() instanceof Constructor<?> constructor
        && constructor.getDeclaringClass().isRecord()
        && isNullMarked(constructor.getDeclaringClass());
  }

  private static AnnotatedType typeOf(AnnotatedParameter parameter) {
    return ((Constructor<?>) parameter.getOwner().getAnnotated())
        .getAnnotatedParameterTypes()[parameter.getIndex()];
  }

  private static boolean isNullMarked(Class<?> declaring) {
    for (Class<?> type = declaring; type != null; type = type.getEnclosingClass()) {
      if (type.isAnnotationPresent(NullUnmarked.class)) {
        return false;
      }
      if (type.isAnnotationPresent(NullMarked.class)) {
        return true;
      }
    }
    return declaring.getPackage().isAnnotationPresent(NullMarked.class)
        || declaring.getModule().isAnnotationPresent(NullMarked.class);
  }
}
