# FACEWARD_SANITIZE: the options that its value stands for; none in a release build.
if(NOT FACEWARD_SANITIZE)
    return()
endif()
set(FACEWARD_SANITIZE_LINK -fsanitize=${FACEWARD_SANITIZE})
if(FACEWARD_SANITIZE MATCHES undefined)
    # vptr probes memory through a pipe, which decoders cannot open.
    set(FACEWARD_SANITIZE_LINK ${FACEWARD_SANITIZE_LINK},float-cast-overflow -fno-sanitize=vptr)
endif()
# Sanitizers hide from GCC 12 that an optional was looked at before, and ThreadSanitizer does not see Asio's fences,
# which come on top of its locks: both only warnings about inlined headers of Boost.
set(FACEWARD_SANITIZE_COMPILE ${FACEWARD_SANITIZE_LINK} -fno-sanitize-recover=all -fno-omit-frame-pointer
    -O1 -g1 -D_GLIBCXX_ASSERTIONS -Wno-maybe-uninitialized -Wno-tsan)
