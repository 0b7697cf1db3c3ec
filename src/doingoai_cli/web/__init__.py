"""The local page (trang làm việc trên trình duyệt): routes and templates; what it does, `pipeline` does."""
