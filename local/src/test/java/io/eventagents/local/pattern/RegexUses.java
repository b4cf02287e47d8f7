package io.eventagents.local.pattern;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.springframework.asm.ClassReader;
import org.springframework.asm.ClassVisitor;
import org.springframework.asm.Handle;
import org.springframework.asm.MethodVisitor;
import org.springframework.asm.SpringAsmInfo;

/** Finds the uses of regular expressions in the bytecode of a class. */
final class RegexUses extends ClassVisitor {

  private static final Map<String, Set<String>> TAKERS =
      Map.of(
          "java/util/regex/Pattern", Set.of("compile", "matches"),
          "java/lang/String",
              Set.of("matches", "replaceAll", "replaceFirst", "split", "splitWithDelimiters"),
          "java/util/Scanner",
              Set.of(
                  "<init>", "findInLine", "findWithinHorizon", "skip", "useDelimiter", "findAll"));

  /** For example the regular expression and the replacement. */
  private static final String TWO_TEXTS = "(Ljava/lang/String;Ljava/lang/String;)";

  private static final Set<String> SEARCHES =
      Set.of("find", "results", "replaceAll", "replaceFirst");

  private final String owner;
  private final List<RegexUse> uses = new ArrayList<>();
  private final Set<String> searches = new TreeSet<>();

  private RegexUses(String owner) {
    super(SpringAsmInfo.ASM_VERSION);
    this.owner = owner;
  }

  static RegexUses in(InputStream bytecode) throws IOException {
    ClassReader reader = new ClassReader(bytecode);
    RegexUses found =
        new RegexUses(reader.getClassName().replace('/', '.').replaceFirst("\\$.*", ""));
    reader.accept(found, ClassReader.SKIP_DEBUG | ClassReader.SKIP_FRAMES);
    return found;
  }

  String owner() {
    return owner;
  }

  List<RegexUse> uses() {
    return uses;
  }

  /** Whether it searches for matches within a text, rather than compare the whole text. */
  boolean searches() {
    return !searches.isEmpty();
  }

  @Override
  public MethodVisitor visitMethod(
      int access,
      String name,
      String descriptor,
      @Nullable String signature,
      String @Nullable [] exceptions) {
    return new Calls();
  }

  private final class Calls extends MethodVisitor {

    private @Nullable String constant;
    private @Nullable String before;

    Calls() {
      super(SpringAsmInfo.ASM_VERSION);
    }

    @Override
    public void visitLdcInsn(Object value) {
      before = constant;
      constant = value instanceof String text ? text : null;
    }

    @Override
    public void visitVarInsn(int opcode, int variable) {
      before = constant;
      constant = null;
    }

    @Override
    public void visitInvokeDynamicInsn(
        String name, String descriptor, Handle bootstrap, Object... arguments) {
      constant = null;
      for (Object argument : arguments) {
        if (argument instanceof Handle handle) {
          called(handle.getOwner(), handle.getName(), null);
        }
      }
    }

    @Override
    public void visitMethodInsn(
        int opcode, String type, String name, String descriptor, boolean isInterface) {
      String regex = descriptor.startsWith(TWO_TEXTS) ? before : constant;
      before = null;
      constant = null;
      called(type, name, regex);
    }

    private void called(String type, String name, @Nullable String regex) {
      if (TAKERS.getOrDefault(type, Set.of()).contains(name)) {
        uses.add(
            new RegexUse(owner, type.substring(type.lastIndexOf('/') + 1) + "." + name, regex));
      }
      if (type.equals("java/util/regex/Matcher") && SEARCHES.contains(name)) {
        searches.add(name);
      }
    }
  }
}
