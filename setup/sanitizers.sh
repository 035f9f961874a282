# shellcheck shell=bash
# How programs built with a sanitizer behave while the tests run.

# sanitizer_options: exports what the sanitizers' runtimes read.
sanitizer_options() {
    # A size that no memory has gives no memory, as in a release build, rather than a report.
    export ASAN_OPTIONS=allocator_may_return_null=1:detect_stack_use_after_return=1:strict_string_checks=1
    export UBSAN_OPTIONS=print_stacktrace=1
    export TSAN_OPTIONS=allocator_may_return_null=1:second_deadlock_stack=1
    # TBB would load a library of its own with RTLD_DEEPBIND, which goes around the sanitizers.
    export TBB_ENABLE_SANITIZERS=1
}
